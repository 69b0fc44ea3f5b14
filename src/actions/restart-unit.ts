import type { Action } from './action.ts'

/** Restarts a unit that runs and is no use as it is: its socket is gone, or it hangs. */
export const restartUnit: Action = {
  id: 'restart-unit',
  guards: 'unit',
  needs: 'any',
  testsConfig: false,
  interrupts: true,
  loadsConfig: false,
  argv: (unit) => ['systemctl', 'restart', unit],
  title: (unit) => `Restart ${unit}`,
  effect: (unit) => `Stops and starts ${unit}. Requests it is working on now are lost.`,
  precondition: (unit) => `${unit} was not restarted since the diagnosis and is not masked`,
  verification: (unit) => `${unit} runs, the fault is gone, and a request through nginx is answered`,
  otherwise: (unit) =>
    `journalctl -u ${unit} -n 50 says how far it came; what it needs (database, files, port) may be missing`,
}
