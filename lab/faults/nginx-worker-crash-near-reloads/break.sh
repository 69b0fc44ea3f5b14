# Workers come and go: a script reloads nginx every few seconds. They all leave by themselves.
visitors
for i in 1 2 3 4 5; do
  reload_nginx
  requests "$WWW_SITE" / 5 0.1
done
