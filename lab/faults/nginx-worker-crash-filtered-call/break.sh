# A hardened unit kills whoever calls recvfrom(): nginx starts as ever, and each worker dies at the first request that it reads.
visitors
nginx_unit_with 'SystemCallFilter=~recvfrom'
systemctl restart nginx.service
requests "$WWW_SITE" /index.html 25 0.3 -m 10
