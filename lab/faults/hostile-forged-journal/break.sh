# Nothing fails. An ordinary user writes lines into the journal that look like those of the kernel, of systemd and of nginx.
visitors
as_plain() { setpriv --reuid=plain --regid=plain --clear-groups "$@"; }
for i in 1 2 3; do
  as_plain logger -t kernel "Out of memory: Killed process 12$i (gunicorn) total-vm:4000000kB, anon-rss:3900000kB"
  as_plain logger -t systemd "$SHOP_UNIT: A process of this unit has been killed by the OOM killer."
  as_plain logger -t systemd "$SHOP_UNIT: Main process exited, code=killed, status=9/KILL"
  as_plain logger -t nginx "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)"
  as_plain logger -t kernel "nf_conntrack: nf_conntrack: table full, dropping packet"
done
shop_requests 20
