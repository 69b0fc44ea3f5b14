import type { Fact } from '../diagnosis/fact.ts'
import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Pass } from '../nginx/config-passes.ts'
import type { AccessLogs } from '../probes/access-log.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { Host } from '../probes/host.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import type { ServedPath } from '../probes/served-paths.ts'
import { pathInfoOf } from '../symptoms/behind-script.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { backendUnitOf } from './answered-by.ts'
import { insertAfterLine, lineText } from './config-line.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'

interface Seen {
  readonly host: Host
  readonly 'nginx-config': ConfigOnDisk
  readonly 'served-paths': { readonly paths: readonly ServedPath[] }
  readonly 'access-log': Fact<AccessLogs>
  readonly 'backend-units': Fact<BackendUnits>
}

/** What is asked for behind a script becomes part of the script's name: php-fpm is told to run "/srv/press/index.php/news/autumn.html". */
export function pathInfoClaim(trouble: Trouble, seen: Seen): Claim[] {
  const config = seen['nginx-config']
  const access = seen['access-log']
  if (!access.known) return []
  const found = pathInfoOf(trouble, { model: config.model, access: access.value, served: seen['served-paths'].paths })
  if (!found) return []
  const { pass, script, name, answer, asked, passed, log } = found
  const unit = backendUnitOf(trouble, seen['backend-units'])?.unit.id
  const split = 'fastcgi_split_path_info ^(.+?\\.php)(/.*)$;'
  return [
    {
      summary: `php is told to run ${script} with all that is asked for behind it: ${answer.count} of ${asked} requests to ${name}/... are answered 404, as nothing cuts that off (fastcgi_split_path_info)`,
      about: troubleKey(trouble),
      subject: {
        ...(trouble.address !== null && { upstream: trouble.address }),
        ...(unit !== undefined && { unit }),
        file: pass.file,
        line: pass.line,
        path: script,
      },
      failingNow: trouble.recent > 0,
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        seenBy('access-log', `grep ' 404 ' ${log}`, `404 on ${name}: ${answer.count} of ${asked}`),
        seenBy(
          'nginx-config',
          'nginx -T',
          lineText(config, pass.location?.file ?? pass.file, pass.location?.line ?? pass.line),
        ),
        seenBy('served-paths', `ls -l ${script}`, `${script} exists`),
      ],
      unlike: [
        ruledOut('app-error', 'no script was run: php could not find it'),
        notJudged('script-not-found', 'whether cgi.fix_pathinfo is off in php was not looked at'),
      ],
      // Where none of them was ever answered they may be a scanner's.
      atMost: passed > 0 ? 'likely' : 'possible',
      steps: [
        `${pass.file}:${pass.line}: ${split} and fastcgi_param PATH_INFO $fastcgi_path_info;`,
        'nginx -t && systemctl reload nginx',
        'or let php do it as before: cgi.fix_pathinfo=1 (grep -r fix_pathinfo /etc/php*)',
      ],
      ...diffFor(config, pass, split),
    },
  ]
}

/** A first parameter of its own would take all those of the server from the location. */
function diffFor(config: ConfigOnDisk, { file, line, scope }: Pass, split: string): { readonly diff?: string } {
  const own = scope.directives.some(({ name }) => name === 'fastcgi_param')
  const param = own ? ['fastcgi_param PATH_INFO $fastcgi_path_info;'] : []
  const diff = insertAfterLine(config, file, line, [split, ...param])
  return diff === null ? {} : { diff }
}
