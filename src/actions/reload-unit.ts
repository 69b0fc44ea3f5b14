import type { Action } from './action.ts'

/** Has a unit that runs read its settings again, where systemd knows how (CanReload=yes): gentler than a restart. */
export const reloadUnit: Action = {
  id: 'reload-unit',
  guards: 'unit',
  needs: 'up',
  testsConfig: false,
  interrupts: false,
  loadsConfig: false,
  argv: (unit) => ['systemctl', 'reload', unit],
  title: (unit) => `Reload ${unit}`,
  effect: (unit) => `Has ${unit} read its settings again. It goes on running, unless there is a mistake in them.`,
  precondition: (unit) =>
    `${unit} runs, was not restarted since the diagnosis, and knows how to reload (CanReload=yes)`,
  verification: (unit) => `${unit} runs, the fault is gone, and a request through nginx is answered`,
  otherwise: (unit) => `journalctl -u ${unit} -n 50 says whether it took the settings; a restart is the stronger means`,
}
