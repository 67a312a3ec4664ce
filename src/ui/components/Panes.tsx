import { type ReactNode, Suspense } from 'react'
import { lazyPart } from '../part.ts'
import { useWidth } from '../theme/media.ts'

const SidePane = lazyPart(() => import('./SidePane.tsx'))

/**
 * List, detail and a right pane. From 1440 all three; from 1200 the right one is a drawer; below, either list or detail
 * (`showDetail`); on a phone the same, full width.
 */
export function Panes(props: {
  list?: ReactNode
  listWidth?: number
  detail: ReactNode
  showDetail?: boolean
  right?: ReactNode
  rightWidth?: number
  rightTitle?: string
  rightOpen?: boolean
  onRightClose?: () => void
}) {
  const width = useWidth()
  const one = width === 'narrow' || width === 'phone'
  const showList = props.list !== undefined && !(one && props.showDetail)
  const showDetail = props.list === undefined || !one || props.showDetail
  return (
    <div className="kb-panes">
      {showList ? (
        <div className="kb-pane kb-pane-list" style={{ width: one ? '100%' : (props.listWidth ?? 428) }}>
          {props.list}
        </div>
      ) : null}
      {showDetail ? <div className="kb-pane kb-pane-main">{props.detail}</div> : null}
      {props.right && width === 'wide' ? (
        <aside
          className="kb-pane kb-pane-right"
          style={{ width: props.rightWidth ?? 320 }}
          aria-label={props.rightTitle}
        >
          {props.right}
        </aside>
      ) : null}
      {props.right && width !== 'wide' ? (
        <Suspense fallback={null}>
          <SidePane open={props.rightOpen ?? false} onClose={props.onRightClose} title={props.rightTitle}>
            {props.right}
          </SidePane>
        </Suspense>
      ) : null}
    </div>
  )
}
