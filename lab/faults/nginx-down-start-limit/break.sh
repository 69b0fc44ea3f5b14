# A deploy restarts nginx after each of its steps; the sixth restart within ten seconds was one too many, and systemd refused to start it.
visitors
nginx_unit_with '[Unit]' StartLimitIntervalSec=20
for i in {1..12}; do
  systemctl restart nginx.service || break
done
wait_until 5 is_failed nginx.service
requests "$WWW_SITE" / 10
