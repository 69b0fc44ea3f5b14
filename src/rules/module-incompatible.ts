import type { Claim } from '../diagnosis/rule.ts'
import { ruledOut } from '../diagnosis/rule.ts'
import { fileInMessage, versionWords } from '../nginx/start-message.ts'
import type { Refusal } from '../symptoms/starting.ts'
import { defineRule, seenBy } from './knowledge.ts'
import { fileEvidence, placeIn, startFile } from './start-file.ts'
import { loadSteps, refusalsFor, startClaim, startEvidence, stillStands } from './start-refusal.ts'

/**
 * Cause: a dynamic module does not fit this nginx: built for another version or with other options, no module at all, or not there.
 * Tell-tale: module "..." version N instead of M / is not binary compatible / dlopen() failed, against `nginx -V`.
 * Look-alikes: config-invalid (the same test fails; but load_module is well written and the file behind it is not).
 */
export const moduleIncompatible = defineRule({
  id: 'module-incompatible',
  needs: ['host', 'starting', 'nginx-processes'],
  settles: ['nginx-config', 'nginx-unit', 'nginx-build', 'start-files'],
  judge(seen) {
    const refusal = refusalsFor('module-incompatible', seen)[0]
    if (!refusal) return []
    const { consequence, ...common } = startClaim(seen, refusal)
    const { line } = refusal
    const path = fileInMessage(line)
    const file = startFile(path, seen['start-files'])
    const place = line.config ?? placeIn(seen, path)
    const build = seen['nginx-build'].known ? seen['nginx-build'].value.product : null
    const claim: Claim = {
      ...common,
      summary: `${whatIsWrong(refusal, path, build)}${place ? ` (${place.file}:${place.line})` : ''}; ${consequence}`,
      subject: { ...(path !== null && { path }), ...place },
      evidence: [
        ...startEvidence(seen, [refusal]),
        ...(build === null ? [] : [seenBy('nginx-build', 'nginx -V', build)]),
        ...fileEvidence(file, seen.host),
      ],
      unlike: [ruledOut('config-invalid', 'load_module is written well; what it names does not load')],
      ...(!stillStands(refusal, seen) && file?.state !== 'missing' && { atMost: 'possible' }),
      steps: [
        `dpkg -S ${path ?? 'MODULE'} || rpm -qf ${path ?? 'MODULE'}   # the package it is of; its version must be that of ${build ?? 'nginx'}`,
        'install the module of the same version and repository as nginx (apt-get install --reinstall, dnf reinstall), or build it anew against nginx -V',
        `or take its load_module out${place ? ` of ${place.file}:${place.line}` : ''}, and the directives that need it`,
        ...loadSteps(seen),
      ],
    }
    return [claim]
  },
})

function whatIsWrong({ line }: Refusal, path: string | null, build: string | null): string {
  const module = path ?? /"([^"]{1,300})"/.exec(line.message)?.[1] ?? 'a module'
  const versions = /version (?<its>\d{4,9}) instead of (?<ours>\d{4,9})/.exec(line.message)?.groups
  if (versions)
    return `${module} was built for nginx ${versionWords(Number(versions['its']))}, this is ${versionWords(Number(versions['ours']))}`
  if (line.message.includes('is not binary compatible'))
    return `${module} was built with other options than this nginx${build === null ? '' : ` (${build})`}`
  if (/undefined symbol: ngx_modules/.test(line.message)) return `${module} is no module of nginx`
  if (/No such file|cannot open shared object/.test(line.message)) return `the module ${module} does not exist`
  return `${module} cannot be loaded as a module`
}
