# Much traffic, all of it answered.
visitors
for i in $(seq 6); do
  { for j in $(seq 50); do curl -s -m 10 -o /dev/null -H "Host: $SHOP_SITE" "http://127.0.0.1${SHOP_PATH}cart?n=$i-$j"; done; } &
done
wait
shop_requests 20
