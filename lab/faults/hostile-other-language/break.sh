# The texts of a system in German: this script rewrites what nginx wrote, because nginx itself does not follow the locale here.
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30
for log in /var/log/nginx/error.log "$ERROR_LOG"; do
  sed 's/Connection refused/Verbindungsaufbau abgelehnt/' "$log" >/run/german
  cat /run/german >"$log"
done
rm /run/german
