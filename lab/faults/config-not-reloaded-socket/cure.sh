systemctl reload nginx.service
sleep 1
blog_as_shipped
