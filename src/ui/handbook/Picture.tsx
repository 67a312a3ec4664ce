import { Modal } from 'antd'
import { useState } from 'react'
import { type Drawing, PictureFrame } from './PictureFrame.tsx'
import './picture.css'

/**
 * A drawing of the handbook in its frame, or on the whole screen, which Escape leaves. The markup comes from the handbook's own
 * drawing code, which escapes every text of the edition.
 */
export function Picture(props: Drawing) {
  const [full, setFull] = useState(false)
  return (
    <figure className="kb-picture">
      <PictureFrame {...props} onFull={() => setFull(true)} />
      <Modal
        open={full}
        onCancel={() => setFull(false)}
        footer={null}
        closable={false}
        destroyOnHidden
        rootClassName="kb-picture-full"
        width="100vw"
        // The dialog bears the name of its title alone.
        title={props.label}
        classNames={{ header: 'kb-hidden' }}
      >
        <PictureFrame {...props} full onFull={() => setFull(false)} />
      </Modal>
    </figure>
  )
}
