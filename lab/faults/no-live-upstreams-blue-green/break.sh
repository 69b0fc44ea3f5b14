# Two sets of servers, and a map that says which one is live; a deployment switched the map to green, whose only server was still marked down from the time of its set-up.
second_checkout
pools=$(new_site pools)
cat >"$pools" <<NGINX
upstream shop_green {
    server $SECOND_ADDRESS down;
}

map \$host \$live_pool {
    default $SHOP_UPSTREAM;
}
NGINX
shop_passes 'proxy_pass http://$live_pool;'
reload_nginx
visitors
sed -i "s/default $SHOP_UPSTREAM;/default shop_green;/" "$pools"
reload_nginx
shop_requests 30
