# A crawler goes through all combinations of filters; each such page takes three seconds, the pool has three workers, and customers wait behind it until nginx gives up.
usual_day
checkout_settings APP_DELAY=3
checkout_threads 3
shop_timeout read 10
reload_nginx
requests "$SHOP_SITE" "${SHOP_PATH}cart?colour=blue&size=4&sort=price" 45 0.12 -A 'Mozilla/5.0 (compatible; SeoBot/2.1)'
# It goes on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..600}; do curl -s -m 14 -o /dev/null -A 'Mozilla/5.0 (compatible; SeoBot/2.1)' -H 'Host: $SHOP_SITE' 'http://127.0.0.1${SHOP_PATH}cart?colour=red&size='\$i & sleep 0.4; done; wait"
