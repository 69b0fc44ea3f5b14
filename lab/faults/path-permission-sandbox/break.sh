# A site out of somebody's home that is open to all; the hardened unit hides every home from nginx.
visitors
mkdir -p /home/medic/public
echo hello >/home/medic/public/index.html
chmod 0755 /home /home/medic /home/medic/public
printf 'server {\n    listen 80;\n    server_name home.example.com;\n    root /home/medic/public;\n}\n' >"$(new_site home)"
nginx_unit_with ProtectHome=true
systemctl restart nginx.service
requests home.example.com /index.html 30
