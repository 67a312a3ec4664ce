import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What keeps people from using the page: axe's serious and critical findings, each with the element it lies in. */
export async function findings(page: Page): Promise<string[]> {
  const there = await page.evaluate(() => 'axe' in window)
  // Evaluated, not added as a script: the program's own policy would refuse that.
  if (!there) await page.evaluate(source)
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id} (${help}): ${node.target.join(' ')} ${node.html.slice(0, 160)}`),
      )
  })
}

/** What is pressed, typed into or summed up and lies under what was just said. */
export async function underToasts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.kb-toast')].flatMap((toast) => {
      const at = toast.getBoundingClientRect()
      return [
        ...document.querySelectorAll('#root :is(button, a, input, textarea, tfoot td, [role="gridcell"])'),
      ]
        .filter((one) => !toast.contains(one))
        .filter((one) => {
          const its = one.getBoundingClientRect()
          return (
            its.width > 0 &&
            its.left < at.right &&
            its.right > at.left &&
            its.top < at.bottom &&
            its.bottom > at.top
          )
        })
        .map((one) => one.outerHTML.slice(0, 160))
    }),
  )
}

/** Elements that stand out of the window at its side; what scrolls or is cut within the page, or floats over it, is none. */
export async function standsOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const held = (one: Element | null): boolean =>
      one !== null && (getComputedStyle(one).overflowX !== 'visible' || held(one.parentElement))
    return [...document.querySelectorAll('#root *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !held(one.parentElement))
      .map((one) => `${Math.round(one.getBoundingClientRect().right)}: ${one.outerHTML.slice(0, 160)}`)
  })
}
