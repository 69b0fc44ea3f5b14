systemctl start ledger-db.service
wait_until 10 test -S /run/ledger/ledgerd.sock
