import type { Unit } from '../../probes/unit-state.ts'
import { tellingOf } from '../../probes/unit-telling.ts'
import { seconds } from '../../nginx/time.ts'

/** After how long the backend's own supervisor kills a worker that is not done. */
export interface KillLimit {
  readonly seconds: number
  /** "/etc/php/8.2/fpm/pool.d/www.conf:491: request_terminate_timeout = 3s". */
  readonly text: string
  /** Where a person would change it. */
  readonly name: string
}

/** null where nothing is set; gunicorn has a limit of 30 s by itself (docs.gunicorn.org, settings: timeout). */
export function killLimitOf(unit: Unit, address: string): KillLimit | null {
  const command = unit.execStart
  if (unit.runtimeMax !== null && tellingOf(unit.telling, 'runtime-limit').length > 0)
    return {
      seconds: unit.runtimeMax,
      text: `${unit.id}: RuntimeMaxSec is ${unit.runtimeMax} s`,
      name: 'RuntimeMaxSec',
    }
  if (/php-fpm/.test(command)) return fpmLimit(unit, address)
  if (/gunicorn/.test(command)) {
    const inCommand = /(?:--timeout[ =]|\s-t\s?)(\d+)/.exec(command)?.[1]
    const set = unit.settings.find(({ name, value }) => name === 'timeout' && /^\d+$/.test(value))
    if (inCommand !== undefined)
      return { seconds: Number(inCommand), text: `${unit.fragment}: --timeout ${inCommand}`, name: '--timeout' }
    return set
      ? { seconds: Number(set.value), text: set.text, name: 'timeout' }
      : { seconds: 30, text: 'gunicorn: --timeout is not set: 30 s', name: '--timeout' }
  }
  const harakiri = /--harakiri[ =](\d+)/.exec(command)?.[1]
  const written = unit.settings.find(({ name }) => name === 'harakiri')
  if (harakiri !== undefined)
    return { seconds: Number(harakiri), text: `${unit.fragment}: --harakiri ${harakiri}`, name: 'harakiri' }
  return written ? { seconds: Number(written.value) || 0, text: written.text, name: 'harakiri' } : null
}

function fpmLimit(unit: Unit, address: string): KillLimit | null {
  const path = address.replace(/^unix:/, '')
  const listen = unit.settings.find(
    ({ name, value }) => name === 'listen' && (value === path || path.endsWith(`:${value}`)),
  )
  const set = unit.settings.find(({ name, file }) => name === 'request_terminate_timeout' && file === listen?.file)
  const value = set ? (seconds(set.value) ?? 0) : 0
  return set && value > 0 ? { seconds: value, text: set.text, name: 'request_terminate_timeout' } : null
}
