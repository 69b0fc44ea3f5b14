import type { Action } from './action.ts'

/** Starts a unit that is down. The harmless one: what is down serves nobody. */
export const startUnit: Action = {
  id: 'start-unit',
  guards: 'unit',
  needs: 'down',
  testsConfig: false,
  interrupts: false,
  loadsConfig: false,
  argv: (unit) => ['systemctl', 'start', unit],
  title: (unit) => `Start ${unit}`,
  effect: (unit) => `Starts ${unit}, which is stopped. Nothing that runs is touched.`,
  precondition: (unit) => `${unit} is still stopped, is not masked, and nobody started it since the diagnosis`,
  verification: (unit) => `${unit} runs, the fault is gone, and a request through nginx is answered`,
  otherwise: (unit) =>
    `journalctl -u ${unit} -n 50 says why it does not stay up; starting it once more will not change that`,
}
