# A busy shop, and one page of it that takes pictures which are too large: few of all requests, and every one to that page.
visitors
head -c 3000000 /dev/zero >/tmp/upload
requests "$SHOP_SITE" / 150 0.01 >/dev/null
requests "$SHOP_SITE" /upload 14 0.05 -X POST --data-binary @/tmp/upload
