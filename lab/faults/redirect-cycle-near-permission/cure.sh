chmod 0755 /srv/planner/dist
requests planner.example.com /week/47 1 | grep -qx 200
