# Generated from the document in spec/; `make generate` writes this file anew, so change nothing here.
# Bundle: sha256 615fb77e1bd9725f78de5da8549878bca97f1303d095ea20cf89a8a44b59d82a
# Document: TwelveLabs API, version 1.3
"""Methods under `client.data_connectors`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import twelvelabs_api as _api
from apicontract.client import Answer, AsyncResource, RequestOptions, SyncResource, on_demand

__all__ = [
    "AsyncDataConnectors",
    "AuthorizeConnectionResponse",
    "Connection",
    "CreateConnectionPickerTokenResponse",
    "DataConnectors",
    "ListConnectionsResponse",
    "ListRedirectUrisResponse",
    "RedirectUri",
]

if TYPE_CHECKING:
    from twelvelabs_api.models import (
        AuthorizeConnectionResponse,
        Connection,
        CreateConnectionPickerTokenResponse,
        ListConnectionsResponse,
        ListRedirectUrisResponse,
        RedirectUri,
    )
else:
    __getattr__, __dir__ = on_demand(__name__, __all__, "twelvelabs_api.models")


class DataConnectors(SyncResource):
    """Methods under `client.data_connectors`."""

    def authorize_connection(
        self,
        *,
        provider: Literal["google_drive"],
        redirect_uri: str,
        custom_id: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AuthorizeConnectionResponse:
        """Start the authorization of a connection.

        `POST /connections:authorize`

        - `provider`: The data provider.
        - `redirect_uri`: Where the user's browser is sent afterwards.
        - `custom_id`: A label of your own, kept with the connection. At most 255 characters.
        """
        return self._client.call(
            "data_connectors.authorize_connection",
            Answer[_api.models.AuthorizeConnectionResponse],
            body={"provider": provider, "redirect_uri": redirect_uri, "custom_id": custom_id},
            options=request_options,
        )

    def list_connections(
        self, *, page: int | None = None, page_limit: int | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.ListConnectionsResponse:
        """List connections.

        `GET /connections`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.call(
            "data_connectors.list_connections",
            Answer[_api.models.ListConnectionsResponse],
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def retrieve_connection(
        self, *, connection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.Connection:
        """Retrieve a connection.

        `GET /connections/{connection_id}`

        - `connection_id`: Identifier of the connection. Not empty.
        """
        return self._client.call(
            "data_connectors.retrieve_connection",
            Answer[_api.models.Connection],
            path={"connection_id": connection_id},
            options=request_options,
        )

    def delete_connection(self, *, connection_id: str, request_options: RequestOptions | None = None) -> None:
        """Disconnect a connection.

        `DELETE /connections/{connection_id}`

        - `connection_id`: Identifier of the connection. Not empty.
        """
        return self._client.call_none(
            "data_connectors.delete_connection", path={"connection_id": connection_id}, options=request_options
        )

    def create_connection_picker_token(
        self, *, connection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.CreateConnectionPickerTokenResponse:
        """Create a token for the provider's file picker.

        `POST /connections/{connection_id}/picker-token`

        - `connection_id`: Identifier of the connection. Not empty.
        """
        return self._client.call(
            "data_connectors.create_connection_picker_token",
            Answer[_api.models.CreateConnectionPickerTokenResponse],
            path={"connection_id": connection_id},
            options=request_options,
        )

    def list_redirect_uris(
        self, *, page: int | None = None, page_limit: int | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.ListRedirectUrisResponse:
        """List registered redirect URIs.

        `GET /connections/redirect-uris`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return self._client.call(
            "data_connectors.list_redirect_uris",
            Answer[_api.models.ListRedirectUrisResponse],
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    def create_redirect_uri(
        self, *, redirect_uri: str, request_options: RequestOptions | None = None
    ) -> _api.models.RedirectUri:
        """Register a redirect URI.

        `POST /connections/redirect-uris`

        - `redirect_uri`: The URL, exactly as it will be sent later.
        """
        return self._client.call(
            "data_connectors.create_redirect_uri",
            Answer[_api.models.RedirectUri],
            body={"redirect_uri": redirect_uri},
            options=request_options,
        )

    def delete_redirect_uri(self, *, redirect_uri_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a registered redirect URI.

        `DELETE /connections/redirect-uris/{redirect_uri_id}`

        - `redirect_uri_id`: Identifier of the registered redirect URI. Not empty.
        """
        return self._client.call_none(
            "data_connectors.delete_redirect_uri", path={"redirect_uri_id": redirect_uri_id}, options=request_options
        )


class AsyncDataConnectors(AsyncResource):
    """Methods under `client.data_connectors`."""

    async def authorize_connection(
        self,
        *,
        provider: Literal["google_drive"],
        redirect_uri: str,
        custom_id: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> _api.models.AuthorizeConnectionResponse:
        """Start the authorization of a connection.

        `POST /connections:authorize`

        - `provider`: The data provider.
        - `redirect_uri`: Where the user's browser is sent afterwards.
        - `custom_id`: A label of your own, kept with the connection. At most 255 characters.
        """
        return await self._client.call(
            "data_connectors.authorize_connection",
            Answer[_api.models.AuthorizeConnectionResponse],
            body={"provider": provider, "redirect_uri": redirect_uri, "custom_id": custom_id},
            options=request_options,
        )

    async def list_connections(
        self, *, page: int | None = None, page_limit: int | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.ListConnectionsResponse:
        """List connections.

        `GET /connections`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.call(
            "data_connectors.list_connections",
            Answer[_api.models.ListConnectionsResponse],
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def retrieve_connection(
        self, *, connection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.Connection:
        """Retrieve a connection.

        `GET /connections/{connection_id}`

        - `connection_id`: Identifier of the connection. Not empty.
        """
        return await self._client.call(
            "data_connectors.retrieve_connection",
            Answer[_api.models.Connection],
            path={"connection_id": connection_id},
            options=request_options,
        )

    async def delete_connection(self, *, connection_id: str, request_options: RequestOptions | None = None) -> None:
        """Disconnect a connection.

        `DELETE /connections/{connection_id}`

        - `connection_id`: Identifier of the connection. Not empty.
        """
        return await self._client.call_none(
            "data_connectors.delete_connection", path={"connection_id": connection_id}, options=request_options
        )

    async def create_connection_picker_token(
        self, *, connection_id: str, request_options: RequestOptions | None = None
    ) -> _api.models.CreateConnectionPickerTokenResponse:
        """Create a token for the provider's file picker.

        `POST /connections/{connection_id}/picker-token`

        - `connection_id`: Identifier of the connection. Not empty.
        """
        return await self._client.call(
            "data_connectors.create_connection_picker_token",
            Answer[_api.models.CreateConnectionPickerTokenResponse],
            path={"connection_id": connection_id},
            options=request_options,
        )

    async def list_redirect_uris(
        self, *, page: int | None = None, page_limit: int | None = None, request_options: RequestOptions | None = None
    ) -> _api.models.ListRedirectUrisResponse:
        """List registered redirect URIs.

        `GET /connections/redirect-uris`

        - `page`: Number of the page to return; the first page is 1. At least 1, default 1.
        - `page_limit`: Largest number of items on one page. 1 to 50, default 10.
        """
        return await self._client.call(
            "data_connectors.list_redirect_uris",
            Answer[_api.models.ListRedirectUrisResponse],
            query={"page": page, "page_limit": page_limit},
            options=request_options,
        )

    async def create_redirect_uri(
        self, *, redirect_uri: str, request_options: RequestOptions | None = None
    ) -> _api.models.RedirectUri:
        """Register a redirect URI.

        `POST /connections/redirect-uris`

        - `redirect_uri`: The URL, exactly as it will be sent later.
        """
        return await self._client.call(
            "data_connectors.create_redirect_uri",
            Answer[_api.models.RedirectUri],
            body={"redirect_uri": redirect_uri},
            options=request_options,
        )

    async def delete_redirect_uri(self, *, redirect_uri_id: str, request_options: RequestOptions | None = None) -> None:
        """Delete a registered redirect URI.

        `DELETE /connections/redirect-uris/{redirect_uri_id}`

        - `redirect_uri_id`: Identifier of the registered redirect URI. Not empty.
        """
        return await self._client.call_none(
            "data_connectors.delete_redirect_uri", path={"redirect_uri_id": redirect_uri_id}, options=request_options
        )
