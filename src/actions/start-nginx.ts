import type { Action } from './action.ts'

/** Starts nginx when it is down and its configuration passes `nginx -t`. */
export const startNginx: Action = {
  id: 'start-nginx',
  guards: 'nginx',
  needs: 'down',
  testsConfig: true,
  interrupts: false,
  loadsConfig: false,
  argv: (unit) => ['systemctl', 'start', unit],
  title: () => 'Start nginx',
  effect: (unit) => `Starts ${unit}, which is stopped, after nginx -t has passed. Nothing that runs is touched.`,
  precondition: () => 'nginx is still stopped, its configuration is the diagnosed one, and nginx -t passes',
  verification: () => 'nginx runs, the fault is gone, and a request through nginx is answered',
  otherwise: (unit) => `journalctl -u ${unit} -n 50 and nginx -t say why it does not stay up`,
}
