import { Drawer } from 'antd'
import type { ReactNode } from 'react'

/** The right pane where there is no room for it beside the detail: fetched only by who has such a window. */
export default function SidePane(props: {
  open: boolean
  onClose: (() => void) | undefined
  title: string | undefined
  children: ReactNode
}) {
  return (
    <Drawer open={props.open} onClose={() => props.onClose?.()} title={props.title} size={340}>
      {props.children}
    </Drawer>
  )
}
