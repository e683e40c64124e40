import { type RefObject, useEffect, useRef } from 'react'

const nearPx = 120

/** Stays at the newest message while the reader is there, whatever loads or comes in; who reads above is left alone. */
export const useBottom = (): {
  readonly box: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLUListElement | null>
} => {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const [outer, inner] = [box.current, content.current]
    if (!outer || !inner) return
    let sticks = true
    const onScroll = () => {
      sticks = outer.scrollHeight - outer.scrollTop - outer.clientHeight < nearPx
    }
    const follow = new ResizeObserver(() => {
      if (sticks) outer.scrollTop = outer.scrollHeight
    })
    follow.observe(inner)
    follow.observe(outer)
    outer.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      follow.disconnect()
      outer.removeEventListener('scroll', onScroll)
    }
  }, [])
  return { box, content }
}
