# A registry for images behind nginx: a push sends its layers in chunks, without a length, and the server block has the default limit. Pulls are fine.
visitors
shop_requests 6 >/dev/null
head -c 4000000 /dev/zero >/tmp/layer
requests "$SHOP_SITE" "${SHOP_PATH}v2/team/app/blobs/uploads/7d1f" 16 0.15 -X PATCH -T /tmp/layer -H 'Expect:' -H 'Transfer-Encoding: chunked' -H 'Content-Type: application/octet-stream'
