# A site was added and its backend is ready; nobody reloaded nginx, so the default server answers for its name, and has no such page.
visitors
sleep 1.2
cat >"$(new_site spring)" <<NGINX
server {
    listen 80;
    server_name spring.example.com;
    location / {
        proxy_pass http://$SHOP_ADDRESS;
    }
}
NGINX
requests spring.example.com /catalogue/flowers 30
