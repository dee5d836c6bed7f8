/** Synthetic samples about customers: churn and loans, drawn from stated rules with noise. No real person is in them. */
import { sigmoid } from '../../base/float.ts';
import type { Cell } from '../column.ts';
import { type Table, tableOf } from '../table.ts';
import { clip, draws, round } from './draws.ts';

/** 3,000 customers of a telephone company; contract, tenure, support calls and price drive churn. 4 % of charges are missing. */
export function customerChurn(): Table {
  const d = draws('customer-churn');
  const rows = Array.from({ length: 3000 }, () => {
    const contract = d.pick(['monthly', 'one year', 'two years'], [55, 25, 20]);
    const tenure = contract === 'monthly' ? d.whole(1, 40) : d.whole(3, 72);
    const internet = d.pick(['fibre', 'DSL', 'none'], [45, 35, 20]);
    const charge = round(clip(d.normal(internet === 'fibre' ? 85 : internet === 'DSL' ? 58 : 22, 9), 15, 130), 2);
    const calls = d.random.below(d.chance(0.3) ? 8 : 3);
    const age = Math.round(clip(d.normal(47, 16), 18, 92));
    const payment = d.pick(['card', 'transfer', 'invoice'], [40, 35, 25]);
    const score =
      -1.6 +
      (contract === 'monthly' ? 1.5 : contract === 'one year' ? 0 : -1) -
      0.035 * tenure +
      0.38 * calls +
      0.016 * (charge - 60) +
      (payment === 'invoice' ? 0.5 : 0);
    return { age, tenure, contract, internet, payment, calls, charge, churned: d.chance(sigmoid(score)), gone: d.chance(0.04) };
  });
  return tableOf({
    age: ['integer', rows.map((r) => r.age)],
    tenure_months: ['integer', rows.map((r) => r.tenure)],
    contract: ['category', rows.map((r) => r.contract)],
    internet: ['category', rows.map((r) => r.internet)],
    payment: ['category', rows.map((r) => r.payment)],
    support_calls: ['integer', rows.map((r) => r.calls)],
    monthly_charge: ['number', rows.map((r) => (r.gone ? null : r.charge))],
    churned: ['category', rows.map((r) => (r.churned ? 'yes' : 'no'))],
  });
}

/** 4,000 loans, about one in nine defaults; income is missing more often for the self-employed. */
export function loanDefault(): Table {
  const d = draws('loan-default');
  const rows = Array.from({ length: 4000 }, () => {
    const employment = d.pick(['employed', 'self-employed', 'retired', 'student'], [62, 18, 14, 6]);
    const years = employment === 'employed' || employment === 'self-employed' ? d.whole(0, 30) : null;
    const base = { employed: 42_000, 'self-employed': 50_000, retired: 26_000, student: 11_000 }[employment];
    const income = Math.round(clip(d.normal(base, base * 0.35), 4000, 200_000) / 100) * 100;
    const amount = Math.round(clip(d.normal(14_000, 8000), 1000, 60_000) / 100) * 100;
    const term = d.pick([12, 24, 36, 48, 60]);
    const purpose = d.pick(['car', 'home', 'education', 'travel', 'business'], [30, 28, 15, 12, 15]);
    const late = d.chance(0.25) ? d.whole(1, 6) : 0;
    const burden = ((amount / term) * 12) / income;
    const score =
      -3.7 +
      3.2 * Math.min(burden, 1) +
      0.5 * late +
      (purpose === 'business' ? 0.5 : 0) -
      0.025 * (years ?? 8) +
      (employment === 'student' ? 0.4 : 0);
    const unknown = d.chance(employment === 'self-employed' ? 0.25 : 0.03);
    return { employment, years, income: unknown ? null : income, amount, term, purpose, late, defaulted: d.chance(sigmoid(score)) };
  });
  const column = <K extends keyof (typeof rows)[number]>(key: K): Cell[] => rows.map((r) => r[key] as Cell);
  return tableOf({
    employment: ['category', column('employment')],
    years_employed: ['integer', column('years')],
    income: ['integer', column('income')],
    amount: ['integer', column('amount')],
    term_months: ['integer', column('term')],
    purpose: ['category', column('purpose')],
    late_payments: ['integer', column('late')],
    defaulted: ['boolean', column('defaulted')],
  });
}
