const patterns: readonly RegExp[] = [
  /^(?:on|off|yes|no|true|false|null|none|nil|undefined)?$/i,
  /^[*.[\]{}()]+$/,
  // A file that holds a secret is no secret: its path is needed to find it.
  /^\/(?:$|(?:bin|boot|dev|etc|home|lib|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)\/\S*$)/,
  // A variable says where the value comes from.
  /^(?:(?:Basic|Bearer|Token) )?(?:\$\{?(?:(?:arg|cookie|http|upstream_http|upstream_cookie|sent_http)_\w+|[A-Z][A-Z0-9_]*)\}?|%[A-Za-z]|%\{\w+\})+$/,
  /^(?:<redacted:[a-z-]+>)+$/,
]

/** True when what stands in the place of a secret is none: nothing, a switch, a variable, the path of a file, a placeholder. */
export function isHarmless(value: string): boolean {
  return patterns.some((pattern) => pattern.test(value))
}
