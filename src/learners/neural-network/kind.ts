/** Neural network: layers of weighted sums with a bend between them, trained by gradient steps. */
import { phrase } from '../../base/words.ts';
import { choice, flag, integer, number, seed, text } from '../../kind/params.ts';
import { classWeight } from '../common-params.ts';
import { learnerKind } from '../learner-kind.ts';
import { parseLayers } from './parse-layers.ts';

const ACTIVATIONS = { relu: 'ReLU', elu: 'ELU', tanh: 'Tanh' };

export const neuralNetwork = learnerKind({
  id: 'learn.neural-network',
  version: 1,
  title: 'Neural network',
  icon: 'network',
  synonyms: [
    'MLP',
    'Multilayer perceptron',
    'MLPClassifier',
    'MLPRegressor',
    'Two-Class Neural Network',
    'Multiclass Neural Network',
    'Neural Network Regression',
    'RProp MLP Learner',
    'Deep learning',
    'Feed-forward network',
    'TensorFlow',
    'Keras',
    'Dense layers',
    'Classification',
    'Regression',
  ],
  summary: 'Predict classes or numbers with layers of neurons; finds curves and interactions, and draws its loss while it trains.',
  tasks: ['classify', 'regress'],
  params: {
    hidden: text('Hidden layers', '64, 64', 'Neurons in each layer between input and output, with commas. Empty: none, a linear model.', {
      alias: 'hidden_layer_sizes',
      placeholder: '64, 64',
      pattern: '[0-9,;\\s()\\[\\]]*',
    }),
    activation: choice('Activation', 'relu', 'The bend after each hidden layer.', ACTIVATIONS, {
      alias: 'activation',
      tune: ['relu', 'elu', 'tanh'],
    }),
    epochs: integer('Most epochs', 100, 'How often training goes through all rows. Early stopping may end it before.', {
      alias: 'max_iter',
      min: 1,
      max: 10000,
    }),
    learning_rate: number('Learning rate', 0.002, 'Size of the first steps. Too large and training breaks down.', {
      alias: 'learning_rate_init',
      min: 1e-6,
      max: 1,
      log: true,
      tune: { min: 3e-4, max: 0.03, log: true },
    }),
    schedule: choice(
      'Learning rate over time',
      'cosine',
      'Falling: along a cosine, to zero at the last epoch, so that training settles. Constant: as scikit-learn does.',
      { cosine: 'Falling', constant: 'Constant' },
      { advanced: true },
    ),
    batch_norm: flag(
      'Batch normalisation',
      false,
      'Brings the sums in each hidden layer to mean 0 and spread 1 before the bend, so that training is less sensitive to its start and rate.',
      { tune: true },
    ),
    dropout: number('Dropout', 0, 'Share of neurons switched off at random in each step, against learning by heart.', {
      min: 0,
      max: 0.9,
      step: 0.05,
      tune: { min: 0, max: 0.5 },
    }),
    weight_decay: number('Weight decay', 0.01, 'Pulls weights towards zero in each step (AdamW), against learning by heart.', {
      alias: 'alpha',
      min: 0,
      max: 10,
      log: true,
      tune: { min: 1e-4, max: 0.3, log: true },
    }),
    batch: integer('Rows per step', null, 'Rows that each gradient step looks at.', {
      auto: 'From the row count (64 to 512)',
      alias: 'batch_size',
      min: 1,
      max: 100000,
      advanced: true,
    }),
    early_stopping: flag(
      'Early stopping',
      true,
      'Keeps some learning rows aside, stops when the loss on them no longer falls, and keeps the best epoch.',
      {
        alias: 'early_stopping',
      },
    ),
    validation: number('Rows kept aside', 0.1, 'Share of the learning rows that say when to stop; not used below 100 rows.', {
      alias: 'validation_fraction',
      min: 0.02,
      max: 0.5,
      step: 0.05,
      advanced: true,
      when: { param: 'early_stopping', in: [true] },
    }),
    patience: integer('Patience', 25, 'Epochs without a better loss before it stops.', {
      alias: 'n_iter_no_change',
      min: 1,
      max: 1000,
      advanced: true,
      when: { param: 'early_stopping', in: [true] },
    }),
    class_weight: classWeight({ advanced: true }),
    engine: choice(
      'Engine',
      'auto',
      'Automatic: this computer’s processor, with the same bits everywhere; where a GPU was chosen for this node, a short trial says whether it is faster, and the model’s notes say what was found. TensorFlow.js gives slightly other numbers on other machines.',
      { auto: 'Automatic', millrace: 'Millrace (CPU)', onnxruntime: 'onnxruntime (CPU)', tensorflow: 'TensorFlow.js' },
      { advanced: true },
    ),
    seed: seed(),
  },
  brief: ({ hidden, activation, epochs }) =>
    phrase('brief.network', '{hidden} · {activation} · {epochs} epochs', {
      hidden: String(hidden) || phrase('brief.no-hidden', 'no hidden layer'),
      activation: ACTIVATIONS[activation as keyof typeof ACTIVATIONS],
      epochs: Number(epochs),
    }),
  check: ({ params }) => {
    const layers = parseLayers(String(params.hidden ?? ''));
    return Array.isArray(layers) ? [] : [layers];
  },
  tags: { random: true, slow: true, stoppable: true, gpu: true },
});
