requests shop.example.com /cart 10
requests blog.example.com / 10
requests www.example.com / 10
