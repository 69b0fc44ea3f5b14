# A deployment reloads nginx again and again under load.
visitors
{ shop_requests 40 0.1; } >/tmp/statuses &
for i in 1 2 3 4 5 6; do systemctl reload nginx.service; sleep 0.5; done
wait
cat /tmp/statuses
rm /tmp/statuses
