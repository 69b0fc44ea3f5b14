visitors
systemctl stop nginx.service
requests www.example.com / 10
