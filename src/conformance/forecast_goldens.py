"""Writes goldens/forecast.json: what statsmodels and statsforecast say of forecasting models of given form, and of decompositions and tests.

Run by hand when a case is added: python src/conformance/forecast_goldens.py (statsmodels 0.15, statsforecast 2.1). The series are made
here. The unit tests read the JSON and need no Python.
"""
import json
import math
import pathlib
import warnings

import numpy as np
import pandas as pd
from statsforecast.ets import ets_f, forecast_ets
from statsforecast.theta import forecast_theta, thetamodel
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.seasonal import STL, seasonal_decompose
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.stattools import acf, kpss, pacf

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20)


def made_up(n, m, growth=0.4):
    season = rng.normal(0, 8, m) if m > 1 else np.zeros(1)
    walk = np.cumsum(rng.normal(growth, 2, n))
    return np.round(100 + walk + season[np.arange(n) % len(season)] + rng.normal(0, 2, n), 3)


SERIES = {"yearly": (made_up(40, 1), 1), "quarterly": (made_up(60, 4), 4), "monthly": (made_up(120, 12), 12)}


def floats(values):
    return [float(v) for v in np.asarray(values)]


def arima_case(name, order, seasonal, params):
    """From the likelihood at two variances come the squares and the sum of the logarithms of the innovations' variances."""
    y, m = SERIES[name]
    model = SARIMAX(y, order=order, seasonal_order=(*seasonal, m) if m > 1 else (0, 0, 0, 0))
    one, two = (-2 * model.loglike(np.r_[params, s2]) for s2 in (1.0, 2.0))
    n = len(y)
    squares = 2 * (one - two + n * math.log(2))
    logs = one - n * math.log(2 * math.pi) - squares
    forecast = model.filter(np.r_[params, 1.0]).forecast(10)
    return {"series": name, "order": order, "seasonal": seasonal, "params": params, "squares": squares, "logs": logs, "forecast": floats(forecast)}


def ets_case(name, form, params, level, trend, season):
    y, m = SERIES[name]
    error, kind, seasonal = form
    kinds = {"N": None, "A": "add", "M": "mul", "Ad": "add"}
    more = {}
    if kind != "N":
        more["initial_trend"] = trend
    if seasonal != "N":
        more.update(seasonal_periods=m, initial_seasonal=season)
    model = ETSModel(pd.Series(y), error=kinds[error], trend=kinds[kind], damped_trend=kind == "Ad", seasonal=kinds[seasonal],
                     initialization_method="known", initial_level=level, **more)
    names = {"smoothing_level": "alpha", "smoothing_trend": "beta", "smoothing_seasonal": "gamma", "damping_trend": "phi"}
    given = dict(zip(["alpha", "beta", "gamma", "phi"], params))
    fit = model.smooth([given[names[p]] for p in model.param_names if p in names])
    out = {"series": name, "form": form, "params": params, "level": level, "trend": trend, "season": season,
           "deviance": -2 * float(fit.llf), "forecast": floats(fit.forecast(10))}
    if error == "A":
        spread = fit.get_prediction(start=len(y), end=len(y) + 9).forecast_variance
        squares = float(np.sum(np.asarray(fit.resid) ** 2))
        # As multiples of the one-step variance, which both sides estimate in their own way.
        out["spread"] = floats(np.asarray(spread) / np.asarray(spread)[0])
        out["squares"] = squares
    return out


# Multiplicative seasons are compared with statsforecast, which updates them as Hyndman et al. (2008) do; statsmodels does not.
def best_ets(name, model, damped):
    y, m = SERIES[name]
    fit = ets_f(y.astype(float), m, model=model, damped=damped)
    start = floats(fit["states"][0])
    trend = model[1] != "N"
    # Those that a form does not have are NaN.
    params = [other if math.isnan(value) else value for value, other in zip(floats(fit["par"][:4]), (0.0, 0.0, 0.0, 1.0))]
    # The latest season stands first in its states.
    return {"series": name, "form": [model[0], model[1] + ("d" if damped else ""), model[2]], "loglik": float(fit["loglik"]),
            "params": params,
            "level": start[0], "trend": start[1] if trend else 0.0, "season": start[1 + trend:][::-1] or [0.0],
            # Its damped forecasts leave the recursion's; statsmodels' above do not.
            "forecast": [] if damped else floats(forecast_ets(fit, 10)["mean"])}


def theta_case(name, kind):
    y, m = SERIES[name]
    # What is NaN is searched for.
    fit = thetamodel(y.astype(float), m, modeltype=kind, initial_smoothed=math.nan, alpha=math.nan,
                     theta=math.nan if kind.endswith("OTM") else 2.0, nmse=3)
    level, alpha, theta = (float(fit["par"][k]) for k in ("initial_smoothed", "alpha", "theta"))
    errors = np.asarray(fit["residuals"])
    return {"series": name, "kind": kind, "first": level, "alpha": alpha, "theta": theta,
            "errors": float(np.sum(errors[3:] ** 2)), "forecast": floats(forecast_theta(fit, 8)["mean"])}


def stl_case(name, robust):
    y, m = SERIES[name]
    span = 11
    odd = lambda x: math.ceil(x) + (math.ceil(x) + 1) % 2
    trend, low = odd(1.5 * m / (1 - 1.5 / span)), odd(m)
    jump = lambda width: math.ceil(width / 10)
    fit = STL(y, period=m, seasonal=span, trend=trend, low_pass=low, seasonal_deg=0, trend_deg=1, low_pass_deg=1, robust=robust,
              seasonal_jump=jump(span), trend_jump=jump(trend), low_pass_jump=jump(low)).fit(
        inner_iter=1 if robust else 2, outer_iter=15 if robust else 0)
    return {"series": name, "robust": robust, "trend": floats(fit.trend), "season": floats(fit.seasonal)}


quarter = [5.0, -3.0, 2.0, -4.0]
golden = {
    "series": {name: {"y": floats(y), "period": m} for name, (y, m) in SERIES.items()},
    "arima": [
        arima_case("yearly", (2, 0, 1), (0, 0, 0), [0.6, 0.3, 0.4]),
        arima_case("yearly", (0, 0, 2), (0, 0, 0), [0.7, 0.2]),
        arima_case("quarterly", (1, 0, 1), (1, 0, 1), [0.8, -0.3, 0.5, 0.4]),
        arima_case("monthly", (0, 0, 1), (2, 0, 1), [-0.5, 0.5, 0.3, -0.6]),
        arima_case("monthly", (3, 0, 0), (0, 0, 1), [0.5, -0.2, 0.4, 0.3]),
    ],
    "ets": [
        ets_case("yearly", ["A", "N", "N"], [0.4], 100.0, 0.0, [0.0]),
        ets_case("yearly", ["A", "A", "N"], [0.5, 0.1], 100.0, 0.5, [0.0]),
        ets_case("yearly", ["M", "Ad", "N"], [0.5, 0.1, 0, 0.9], 100.0, 0.5, [0.0]),
        ets_case("quarterly", ["A", "Ad", "A"], [0.3, 0.05, 0.2, 0.95], 100.0, 0.5, quarter),
        ets_case("quarterly", ["M", "N", "A"], [0.3, 0, 0.2], 100.0, 0.0, quarter),
    ],
    "best": [best_ets(*case) for case in [
        ("yearly", "ANN", False), ("yearly", "AAN", False), ("yearly", "MAN", True), ("quarterly", "AAA", False),
        ("quarterly", "MAM", True), ("monthly", "ANA", False), ("monthly", "MNM", False)]],
    "theta": [theta_case(name, kind) for name in ("yearly", "quarterly") for kind in ("STM", "OTM", "DSTM", "DOTM")],
    "stl": [stl_case("quarterly", False), stl_case("monthly", False), stl_case("monthly", True)],
    "classical": [{"series": name, "mode": mode, "season": floats(seasonal_decompose(SERIES[name][0], model=mode, period=SERIES[name][1]).seasonal[:12])}
                  for name in ("quarterly", "monthly") for mode in ("additive", "multiplicative")],
    "tests": [{"series": name, "acf": floats(acf(y, nlags=14)), "pacf": floats(pacf(y, nlags=14, method="ldb")),
               "kpss": float(kpss(y, nlags=int(3 * math.sqrt(len(y)) / 13))[0])} for name, (y, _) in SERIES.items()],
}
path = pathlib.Path(__file__).parent / "goldens" / "forecast.json"
path.write_text(json.dumps(golden, allow_nan=False, separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
