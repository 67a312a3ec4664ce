import { useRouter } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, useCallback } from 'react'

/** Goes to an address of the program, query included. */
export function useGo(): (href: string, replace?: boolean) => void {
  const { history } = useRouter()
  return useCallback((href, replace) => (replace ? history.replace(href) : history.push(href)), [history])
}

/** A link inside the program; other buttons and keys keep what the browser does with a link. */
export function Go({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const go = useGo()
  return (
    <a
      href={href}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || event.button !== 0) return
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(href)
      }}
      {...rest}
    />
  )
}
