import { judgedUnits, type StartSeen } from './start-refusal.ts'
import { isBelow } from './write-failures.ts'

/** What ProtectHome=yes and =tmpfs take away (systemd.exec(5)). */
const HOMES = ['/home', '/root', '/run/user']

/** The setting of nginx's unit that takes a path out of its sight, as written: "ProtectHome=yes"; null when none is seen to. */
export function hiddenByUnit(path: string, seen: StartSeen): string | null {
  const settings = judgedUnits(seen).flatMap(({ sandbox }) => sandbox ?? [])
  return settings.find((setting) => takesAway(setting, path)) ?? null
}

function takesAway(setting: string, path: string): boolean {
  const at = setting.indexOf('=')
  const [key, value] = [setting.slice(0, at), setting.slice(at + 1)]
  if (key === 'ProtectHome') return value !== 'read-only' && HOMES.some((home) => isBelow(path, home))
  if (key === 'RootDirectory' || key === 'RootImage') return true
  if (key !== 'InaccessiblePaths' && key !== 'TemporaryFileSystem') return false
  return value
    .split(' ')
    .map((each) => each.replace(/^[-+]+/, '').replace(/:.*$/, ''))
    .some((each) => each !== '' && isBelow(path, each))
}
