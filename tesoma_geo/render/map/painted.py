"""A layer of the map as an element of folium."""

import folium
from folium.template import Template

from tesoma_geo.render.map.content import Content


class Painted(folium.map.Layer):
    """A layer that ``scripts/painters`` paints.

    Parameters
    ----------
    content
        What it shows.
    name
        What a layer control calls it; None for a layer that is always there.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = tesoma.layer({{ this._parent.get_name() }}, {{ this.content.key|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, content: Content, name: str | None = None) -> None:
        super().__init__(name=name, overlay=True, control=name is not None)
        self._name, self._id = "layer", content.key
        self.content = content
