rm -f "$(new_site tenants)"
shop_as_shipped
rm -f /etc/nginx/tenant-pools.map
