"""A bus, and another that goes on in the same second, for tests of changes; and how long a trip takes."""

import numpy as np

TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
ROUTES = "route_id,route_short_name,route_type\nR1,1,3\nR2,2,3\n"
WALKED = 407.91055  # minutes on foot all the way
HOME, HUB = [[23.60, 61.50]], [[24.20, 61.50]]

#: A bus from the first stop to the second, one from there to the third in the same second, and one an hour later.
FEED = {
    "stops": "stop_id,stop_name,stop_lat,stop_lon\nS1,First,61.5,23.60\nS2,Second,61.5,23.90\nS3,Third,61.5,24.20\n"
    "S5,Depot,61.5,24.60\n",
    "routes": ROUTES,
    "trips": "route_id,service_id,trip_id,block_id\nR1,WEEK,T1,b\nR2,WEEK,T2,b\nR2,WEEK,T3,c\n",
    "stop_times": TIMES + "T1,08:00:00,08:00:00,S1,1\nT1,08:05:00,08:05:00,S2,2\nT2,08:05:00,08:05:00,S2,1\n"
    "T2,08:10:00,08:10:00,S3,2\nT3,09:05:00,09:05:00,S2,1\nT3,09:10:00,09:10:00,S3,2\n",
}
ALONE = FEED | {"trips": FEED["trips"].replace(",b\n", ",\n").replace(",c\n", ",\n")}
RULE = "from_stop_id,to_stop_id,transfer_type,min_transfer_time\n"

#: A line to the second stop and one from there, each every ten minutes; the one leaves as the other arrives.
HEADWAYS = FEED | {
    "trips": "route_id,service_id,trip_id\nR1,WEEK,T1\nR2,WEEK,T2\n",
    "stop_times": TIMES + "T1,06:00:00,06:00:00,S1,1\nT1,06:05:00,06:05:00,S2,2\nT2,06:05:00,06:05:00,S2,1\n"
    "T2,06:10:00,06:10:00,S3,2\n",
    "transfers": RULE + "S2,S2,2,0\n",
    "frequencies": "trip_id,start_time,end_time,headway_secs,exact_times\nT1,06:00:00,11:00:00,600,0\n"
    "T2,06:05:00,11:05:00,600,0\n",
}


def minutes(router, home=HOME, hub=HUB):
    """Minutes of the median departure, to the hub and asked from it, which must be the same."""
    (seconds,) = router.trips_to(home, hub).percentiles((50,))
    there = router.trips_from(home, hub).percentiles((50,))[0]
    np.testing.assert_array_equal(router.travel_times(home, hub).ravel(), seconds)
    np.testing.assert_array_equal(there, seconds)
    return seconds[0] / 60
