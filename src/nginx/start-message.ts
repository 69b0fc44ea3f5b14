import type { ErrorLine } from './error-line.ts'

/** The file that a message about a start names first: `cannot load certificate "/etc/ssl/x.crt": ...`, `open() "/run/nginx.pid" failed`. */
export function fileInMessage(line: Pick<ErrorLine, 'message'>): string | null {
  return /"(?<path>\/[^"]{1,500})"/.exec(line.message)?.groups?.['path'] ?? null
}

/** The address of `bind() to 0.0.0.0:80 failed` and `socket() [::]:80 failed` (src/core/ngx_connection.c). */
export function addressInMessage(line: Pick<ErrorLine, 'message'>): string | null {
  return /^(?:bind\(\) to|socket\(\)) (?<address>\S{1,200}) failed/.exec(line.message)?.groups?.['address'] ?? null
}

/** "1018000" of `module "..." version 1018000 instead of 1022001` as nginx counts versions (NGINX_VERSION in src/core/nginx.h). */
export function versionWords(number: number): string {
  return [Math.floor(number / 1_000_000), Math.floor(number / 1000) % 1000, number % 1000].join('.')
}
