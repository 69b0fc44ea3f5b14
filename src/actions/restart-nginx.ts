import type { Action } from './action.ts'

/** Restarts a running nginx: only where a reload cannot help, because the program or a module was replaced under the master. */
export const restartNginx: Action = {
  id: 'restart-nginx',
  guards: 'nginx',
  needs: 'up',
  testsConfig: true,
  interrupts: true,
  loadsConfig: true,
  argv: (unit) => ['systemctl', 'restart', unit],
  title: () => 'Restart nginx',
  effect: (unit) => `Stops and starts ${unit} after nginx -t has passed; every site of the host is away for a moment.`,
  precondition: () => 'the same nginx master runs, its configuration is the diagnosed one, and nginx -t passes',
  verification: () => 'a new master runs, the fault is gone, and a request through nginx is answered',
  otherwise: (unit) =>
    `if ${unit} is not up, journalctl -u ${unit} -n 50 says why; nginx -t, then systemctl start ${unit}`,
}
