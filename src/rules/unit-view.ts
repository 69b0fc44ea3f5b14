import type { ServedPath } from '../probes/served-paths.ts'
import { judgedUnits, type StartSeen } from './start-refusal.ts'
import { isBelow } from './write-failures.ts'

/** What ProtectHome=yes and =tmpfs take away (systemd.exec(5)). */
const HOMES = ['/home', '/root', '/run/user']

/** What PrivateTmp= replaces by folders of the unit's own. */
const TEMPORARY = ['/tmp', '/var/tmp']

/** The setting of nginx's unit that takes a path out of its sight, as written: "ProtectHome=yes"; null when none is seen to. */
export function hiddenByUnit(path: string, seen: StartSeen): string | null {
  return hiddenBy(
    judgedUnits(seen).flatMap(({ sandbox }) => sandbox ?? []),
    path,
  )
}

/** The one of a unit's settings that takes a path out of its sight; null when none does, or another one gives it back. */
export function hiddenBy(sandbox: readonly string[], path: string): string | null {
  return sandbox.some((setting) => givesBack(setting, path))
    ? null
    : (sandbox.find((setting) => takesAway(setting, path)) ?? null)
}

/** The same for a file with what lies behind links on the way to it. */
export function hiddenOnTheWay(sandbox: readonly string[], path: ServedPath): string | null {
  const itself = hiddenBy(sandbox, path.path)
  // What is bound somewhere may lie below a folder that the unit does not see.
  if (itself !== null || sandbox.some((setting) => setting.startsWith('Bind'))) return itself
  const behind = path.components.filter((each) => !isBelow(path.path, each.path))
  return behind.map((each) => hiddenBy(sandbox, each.path)).find((setting) => setting !== null) ?? null
}

/** `BindReadOnlyPaths=/home/anna/public:/home/anna/public:rbind`: the part behind the first colon is where the unit sees it. */
function givesBack(setting: string, path: string): boolean {
  const [key, value] = keyAndValue(setting)
  if (key !== 'BindPaths' && key !== 'BindReadOnlyPaths') return false
  return value.split(' ').some((each) => {
    const [from = '', to = from] = each.replace(/^-/, '').split(':')
    return to !== '' && isBelow(path, to)
  })
}

function keyAndValue(setting: string): readonly [string, string] {
  const at = setting.indexOf('=')
  return [setting.slice(0, at), setting.slice(at + 1)]
}

function takesAway(setting: string, path: string): boolean {
  const [key, value] = keyAndValue(setting)
  if (key === 'PrivateTmp') return TEMPORARY.some((folder) => isBelow(path, folder))
  if (key === 'ProtectHome') return value !== 'read-only' && HOMES.some((home) => isBelow(path, home))
  if (key === 'RootDirectory' || key === 'RootImage') return true
  if (key !== 'InaccessiblePaths' && key !== 'TemporaryFileSystem') return false
  return value
    .split(' ')
    .map((each) => each.replace(/^[-+]+/, '').replace(/:.*$/, ''))
    .some((each) => each !== '' && isBelow(path, each))
}
