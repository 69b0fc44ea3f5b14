/** Steps of an approved action, in their order; a process can be ended with kill -9 just there. */
export const workerSteps = [
  'claimed',
  'started',
  'audited',
  'running',
  'ran',
  'verifying',
  'ending',
  'told',
  'ended',
] as const
export type WorkerStep = (typeof workerSteps)[number]

export const botSteps = ['pressed', 'claimed', 'queued', 'start comes', 'start told', 'end comes', 'end told'] as const
export type BotStep = (typeof botSteps)[number]

/** Ends this process as kill -9 does, when it was told to die at this step; never comes back then. */
export function dieAt(step: WorkerStep | BotStep): void {
  if (process.env['DIE_AT'] === step) process.kill(process.pid, 'SIGKILL')
}
