import type { HostMoment } from './pasteable.ts'

const stamped = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \[/
const recentSeconds = 600

/** Lines of an error log in the place of one that could not be read: each line a group of its own. */
export function logAnswer(stdout: string, text: string, at: HostMoment): string | null {
  const oldest = stampAt(at.epoch - at.windowSeconds, at.timezone)
  const recent = stampAt(at.epoch - recentSeconds, at.timezone)
  const lines = text.split('\n').map((line) => line.trim())
  if (!lines.some((line) => stamped.test(line))) return null
  const inWindow = lines.filter((line) => stamped.test(line) && line.slice(0, 19) >= oldest)
  const groups = inWindow.flatMap((line) => {
    const stamp = line.slice(0, 19)
    return [`@group 1 ${stamp >= recent ? 1 : 0} ${stamp} ${stamp}`, line]
  })
  const place = /^@log unreadable (?<size>\d+) (?<changed>\d+) \S+ (?<path>\/.*)$/m.exec(stdout)
  const { size = '0', changed = '0', path = '/var/log/nginx/error.log' } = place?.groups ?? {}
  const read = [`@log read ${size} ${changed} 0 ${path}`, ...groups, '@other 0', '@tail', ...inWindow].join('\n')
  return place === null ? `${stdout}${read}\n` : stdout.replace(place[0], () => read)
}

/** As nginx writes it, in the host's local time. */
function stampAt(epoch: number, timezone: string): string {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(timezone) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1)
  return new Date((epoch + offset) * 1000).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', '/')
}
