# Somebody looked into the running service with a tracer last night; the terminal is gone, the tracer is still attached and holds all its processes where they were (state t).
visitors
shop_timeout read 5
reload_nginx
cat >/usr/local/bin/trace-calls <<'PYTHON'
#!/usr/bin/python3
import ctypes
import os
import signal
import sys

system = ctypes.CDLL(None, use_errno=True)
SEIZE, INTERRUPT = 0x4206, 0x4207
for each in sys.argv[1:]:
    for thread in os.listdir(f"/proc/{each}/task"):
        system.ptrace(SEIZE, int(thread), 0, 0)
        system.ptrace(INTERRUPT, int(thread), 0, 0)
signal.pause()
PYTHON
chmod +x /usr/local/bin/trace-calls
main=$(systemctl show -p MainPID --value "$SHOP_UNIT")
systemd-run -q --collect --unit=trace-calls /usr/local/bin/trace-calls "$main" $(pgrep -P "$main" || true)
wait_until 5 grep -q 'tracing stop' "/proc/$main/status"
shop_requests 20
