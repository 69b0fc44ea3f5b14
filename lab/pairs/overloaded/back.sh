# Runaway jobs: each in a session of its own, so that the scheduler does not bundle them.
for i in $(seq 24); do systemd-run -q --unit="job$i" --property=CPUWeight=10000 bash -c 'end=$((SECONDS + 240)); while ((SECONDS < end)); do :; done'; done
checkout_settings APP_DELAY=4
