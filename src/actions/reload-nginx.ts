import type { Action } from './action.ts'

/** Has a running nginx load the configuration on disk; connections in progress are finished by the old workers. */
export const reloadNginx: Action = {
  id: 'reload-nginx',
  guards: 'nginx',
  needs: 'up',
  testsConfig: true,
  interrupts: false,
  loadsConfig: true,
  argv: (unit) => ['systemctl', 'reload', unit],
  title: () => 'Reload nginx',
  effect: () => 'Loads the configuration on disk after nginx -t has passed. Connections in progress are not cut.',
  precondition: () => 'the same nginx master runs, its configuration is the diagnosed one, and nginx -t passes',
  verification: () =>
    'every worker is newer than the reload, the fault is gone, and a request through nginx is answered',
  otherwise: (unit) =>
    `see what nginx says: journalctl -u ${unit} -n 20 and the last lines of its error log; nginx -T shows what is on disk`,
}
