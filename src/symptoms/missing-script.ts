import type { ErrorLine } from '../nginx/error-line.ts'
import { kindOf } from '../nginx/messages.ts'
import { scriptFilename, startScripts } from '../nginx/script-filename.ts'
import type { Facts } from '../probes/index.ts'
import type { Trouble } from './trouble.ts'

/**
 * php-fpm could not find the script it was told to run: "Primary script unknown", or, while its cache of paths still has it, "Unable to
 * open primary script: /srv/app/index.php (No such file or directory)" behind a warning (sapi/fpm/fpm/fpm_main.c).
 */
export function isMissingScript(line: ErrorLine): boolean {
  return (
    kindOf(line) === 'primary-script-unknown' ||
    (kindOf(line) === 'fastcgi-stderr' && / Unable to open primary script: /.test(line.message))
  )
}

/** php-fpm answers 404 (403 to a script that it may not read) for these: a 5xx beside them is something else. */
export function isOfMissingScripts({ kind, groups }: Trouble): boolean {
  return kind === 'error-answer' && groups.every(({ line }) => isMissingScript(line))
}

/**
 * Scanners ask PHP sites for scripts that never existed, and each time php-fpm says that it has none. That is noise when the folder that
 * the configuration gives it is there, and the site itself answers a request of this moment well.
 */
export function isScanned(trouble: Trouble, facts: Facts): boolean {
  if (!isOfMissingScripts(trouble)) return false
  const through = trouble.live.filter(({ way }) => way === 'nginx')
  const answers = through.length > 0 && through.every(({ status }) => status !== null && status < 400)
  const served = facts['served-paths']
  if (!answers || !served.known || served.value.pools.some((pool) => pool.chroot !== null)) return false
  const passes = trouble.endpoints.flatMap((endpoint) => endpoint.usedBy.map((use) => use.pass))
  const scripts = passes.flatMap((pass) =>
    startScripts(pass.scope).map((name) => scriptFilename(pass.scope, name)?.path),
  )
  return (
    scripts.length > 0 &&
    scripts.every((script) =>
      served.value.paths.some(
        (each) => each.path === script && each.hidden === null && (each.missing === null || each.missing === script),
      ),
    )
  )
}
