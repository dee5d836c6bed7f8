/** The parity certificate: the ONNX file and the pipeline give the same answers, with the numbers that say so. */
import type { ReactNode } from 'react';
import type { Certificate } from '../../onnx/certificate.ts';
import { useFormat, useText } from '../i18n/text.ts';
import { Digest } from '../kit/digest.tsx';
import { Icon } from '../kit/icon.tsx';
import style from './certificate-card.module.css';
import { Facts } from './facts.tsx';

/** 1e-5 and 5.96e−8: deltas are read by their exponent. */
const small = (value: number) => (value === 0 ? '0' : value.toExponential(value < 1e-3 ? 2 : 3).replace('e-', 'e−'));

interface Props {
  certificate: Certificate;
  /** File name beside the size. */
  file?: string;
  regression?: boolean;
  /** Buttons under the facts. */
  children?: ReactNode;
}

export function CertificateCard({ certificate, file, regression, children }: Props) {
  const t = useText();
  const format = useFormat();
  const { passed, rows, edgeRows } = certificate;
  const at = Date.parse(certificate.at);
  const time = certificate.ms > 0 ? format.duration(certificate.ms) : '';
  const when = Number.isNaN(at) ? '' : format.dateTime(at);
  const proved = when && time ? t('results.certificate.provedIn', { at: when, time }) : when || time;
  return (
    <section className={`${style.card} ${passed ? style.passed : style.refused}`}>
      <header className={style.head}>
        <span className={style.seal}>
          <Icon name={passed ? 'check' : 'close'} size={20} />
        </span>
        <div>
          <h3>{t('results.certificate.title')}</h3>
          <p className="mr-dim">{t(passed ? 'results.certificate.same' : 'results.certificate.differs')}</p>
          {certificate.reason ? <p>{certificate.reason}</p> : null}
        </div>
      </header>
      <dl className={style.numbers}>
        <div>
          <dd>{small(certificate.maxDelta)}</dd>
          <dt>{t(regression ? 'results.certificate.deltaValue' : 'results.certificate.deltaProbability')}</dt>
        </div>
        <div>
          <dd>{format.percent(certificate.labelAgreement, certificate.labelAgreement === 1 ? 0 : 2)}</dd>
          <dt>{t(regression ? 'results.certificate.agreementValue' : 'results.certificate.agreement')}</dt>
        </div>
        <div>
          <dd>{format.count(rows + edgeRows)}</dd>
          <dt>{t('results.certificate.checked')}</dt>
        </div>
      </dl>
      <div className={style.facts}>
        <Facts
          wide
          items={[
            {
              name: t('results.certificate.rows'),
              value: t(certificate.heldOut ? 'results.certificate.heldOut' : 'results.certificate.sampled', { rows, edges: edgeRows }),
            },
            { name: t('results.certificate.allowed'), value: t('results.certificate.tolerance', { value: small(certificate.tolerance) }) },
            {
              name: t('results.certificate.operators'),
              value: (
                <span title={certificate.operators.join(', ')}>{`opset ${certificate.opset}, ai.onnx.ml ${certificate.mlOpset}`}</span>
              ),
            },
            { name: t('results.certificate.runtime'), value: certificate.runtime },
            { name: t('results.certificate.file'), value: `${file ? `${file}, ` : ''}${format.bytes(certificate.size)}` },
            {
              name: 'SHA-256',
              value: <Digest of={certificate.sha256} />,
            },
            ...(proved ? [{ name: t('results.certificate.proved'), value: proved }] : []),
          ]}
        />
        {children ? <div className={style.actions}>{children}</div> : null}
      </div>
    </section>
  );
}
