# The request line itself carries quotes and fields of a log line.
visitors
systemctl stop "$SHOP_UNIT"
for i in $(seq 20); do
  printf 'GET %scart?q="HTTP/1.1",upstream:"http://10.9.9.9:9999/",host:"evil" HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$SHOP_PATH" "$SHOP_SITE" | socat -t 5 - TCP:127.0.0.1:80 | sed -n '1s/^HTTP[^ ]* \([0-9]*\).*/\1/p'
  sleep 0.1
done
