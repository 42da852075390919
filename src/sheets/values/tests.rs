mod shapes;
mod workbooks;
