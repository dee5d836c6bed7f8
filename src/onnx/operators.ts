/** The operators that a model may use: tested in onnxruntime-web, no control flow, no custom code, sizes bounded by their inputs. */
const ONNX = `Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization BitShift Cast Ceil Celu Clip Compress Concat
Constant ConstantOfShape Conv Cos Cosh CumSum DepthToSpace DequantizeLinear Div Dropout Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU
Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual GroupNormalization HardSigmoid HardSwish Hardmax
Identity InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax LpNormalization MatMul MatMulInteger
Max MaxPool Mean MeanVarianceNormalization Min Mish Mod Mul Neg NonZero Not OneHot Or PRelu Pad Pow QuantizeLinear RNN Range Reciprocal ReduceL1
ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare RegexFullMatch Relu Reshape ReverseSequence
Round ScatterElements ScatterND Selu Shape Shrink Sigmoid Sign Sin Sinh Size Slice Softmax Softplus Softsign SpaceToDepth Split Sqrt Squeeze
StringConcat StringNormalizer StringSplit Sub Sum Tan Tanh TfIdfVectorizer ThresholdedRelu Tile TopK Transpose Trilu Unique Unsqueeze Where Xor`;
const ONNX_ML = `ArrayFeatureExtractor Binarizer CastMap CategoryMapper DictVectorizer FeatureVectorizer Imputer LabelEncoder LinearClassifier
LinearRegressor Normalizer OneHotEncoder SVMClassifier SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor ZipMap`;
const MICROSOFT = 'CDist MurmurHash3 Tokenizer';

const named = (domain: string, names: string) => names.split(/\s+/).map((name) => (domain === '' ? name : `${domain}.${name}`));

/** `Op`, or `domain.Op` outside ONNX's own domain. */
export const ALLOWED_OPERATORS: ReadonlySet<string> = new Set([
  ...named('', ONNX),
  ...named('ai.onnx.ml', ONNX_ML),
  ...named('com.microsoft', MICROSOFT),
]);

/** Operators whose output size is an input's content, by the index of that input: constants there are bounded. */
export const SIZED_BY: Readonly<Record<string, number>> = {
  ConstantOfShape: 0,
  Expand: 1,
  Reshape: 1,
  Tile: 1,
  OneHot: 1,
  Range: 1,
  Pad: 1,
  TopK: 1,
};
