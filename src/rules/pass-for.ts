import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { allInForce, inForce } from '../nginx/config-scope.ts'
import type { Spoken } from '../probes/backend-answer.ts'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'
import { replaceInLine } from './config-line.ts'
import { protocolName } from './heard.ts'
import { passDiff } from './location-diff.ts'

/** The *_pass that speaks what the listener speaks: in words, and as a diff where the configuration can simply say so. */
export function passFor(
  spoken: Spoken,
  use: EndpointUse,
  config: ConfigOnDisk,
): { readonly words: string; readonly diff: string | null } {
  if (use.pass.protocol === 'stream') return streamFor(spoken, use, config)
  const directives = directivesFor(spoken, use)
  const at = `${use.pass.file}:${use.pass.line}`
  if (directives === null)
    return {
      words: `${at} points at a listener that no *_pass of nginx can speak to${spoken === 'ajp' ? '; give the server a connector for HTTP' : ''}`,
      diff: null,
    }
  const { text, scheme } = use.pass
  // The address and its scheme stand where the variable gets its value, not here.
  if (scheme !== null && !text.includes('://'))
    return { words: `what ${text} is at ${at} must become: ${protocolName(spoken)} to that address`, diff: null }
  return { words: `at ${at}: ${directives.join(' ')}`, diff: passDiff(config, use.pass, directives) }
}

/** A stream passes on what its clients speak: all that it adds is TLS. */
function streamFor(
  spoken: Spoken,
  { pass }: EndpointUse,
  config: ConfigOnDisk,
): { readonly words: string; readonly diff: string | null } {
  const ssl = inForce(pass.scope, 'proxy_ssl')
  if (ssl?.file == null || ssl.line === null || ssl.value !== 'on' || spoken === 'tls')
    return { words: `see what the clients of ${pass.file}:${pass.line} speak, and what its backend does`, diff: null }
  return {
    words: `at ${ssl.file}:${ssl.line}: proxy_ssl off;`,
    diff: replaceInLine(config, ssl.file, ssl.line, 'proxy_ssl on', 'proxy_ssl off'),
  }
}

function directivesFor(spoken: Spoken, { pass }: EndpointUse): readonly string[] | null {
  const { protocol, scope } = pass
  const target = targetOf(pass.text, pass.scheme, pass.uri)
  // Only HTTP has paths behind the address.
  const uri = protocol === 'proxy' ? (pass.uri ?? '') : ''
  switch (spoken) {
    case 'http':
      return [`proxy_pass http://${target}${uri === '' ? '' : separator(target, uri)};`]
    case 'tls':
      if (protocol === 'grpc') return [`grpc_pass grpcs://${target};`]
      return [`proxy_pass https://${target}${uri === '' ? '' : separator(target, uri)};`]
    case 'http2':
      return [`grpc_pass grpc://${target};`]
    case 'fastcgi':
      return [
        ...(allInForce(scope, 'fastcgi_param').length > 0
          ? []
          : ['include fastcgi_params;', 'fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;']),
        `fastcgi_pass ${target};`,
      ]
    case 'uwsgi':
      return [
        ...(allInForce(scope, 'uwsgi_param').length > 0 ? [] : ['include uwsgi_params;']),
        `uwsgi_pass ${target};`,
      ]
    default:
      return null
  }
}

/** "http://unix:/run/x.sock:/path" -> "unix:/run/x.sock"; the scheme may be a variable: "$scheme://127.0.0.1:8080". */
function targetOf(text: string, scheme: string | null, uri: string | null): string {
  const bare = scheme === null ? text : text.replace(/^[^:/]*:\/\//, '')
  const address = uri === null ? bare : bare.slice(0, bare.length - uri.length)
  return address.startsWith('unix:') ? address.replace(/:$/, '') : address
}

function separator(target: string, uri: string): string {
  return target.startsWith('unix:') ? `:${uri}` : uri
}
