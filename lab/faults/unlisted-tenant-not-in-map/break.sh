# The list of tenants was generated anew and came out empty: for each of them the name of the pool is nothing, and nginx answers 500.
visitors
printf 'north %s;\nsouth %s;\n' "$SHOP_ADDRESS" "$SHOP_ADDRESS" >/etc/nginx/tenant-pools.map
http_directive 'map $http_x_tenant $tenant_pool { include /etc/nginx/tenant-pools.map; }'
cat >"$(new_site tenants)" <<'EOF'
server {
    listen 80;
    server_name tenants.example.com;

    location / {
        proxy_pass http://$tenant_pool;
    }
}
EOF
reload_nginx
requests tenants.example.com /cart 4 0.1 -H 'X-Tenant: north' >/dev/null
: >/etc/nginx/tenant-pools.map
reload_nginx
requests tenants.example.com /cart 25 0.1 -H 'X-Tenant: north'
