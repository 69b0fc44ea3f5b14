# After the machine's start nginx was there seconds before what stands behind it: everybody who came then met 502, on both sites. All have been served since.
visitors
systemctl stop nginx.service "$SHOP_UNIT" "$BLOG_UNIT"
systemctl start nginx.service
wait_until 10 listens_on 80
(unnoted=1 && { shop_requests 40 0.05 & requests "$BLOG_SITE" / 20 0.05 & wait; } >/dev/null)
systemctl start "$BLOG_UNIT" "$SHOP_UNIT"
wait_until 15 listens_at "unix:$BLOG_SOCK"
wait_until 15 accepts "$SHOP_ADDRESS"
sleep 3
requests "$BLOG_SITE" / 30 0.1
shop_requests 60 0.1
